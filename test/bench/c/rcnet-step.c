// One step of training of an incremental converter, as one writes it plainly: sample after sample, a loop over the cycles
// that keeps a tape, the objective, and a loop over the cycles backwards. `real` is float or double.
//
// Arrays, as a call of the native backend has them: weights (they are moved); an input for each lane; settings: key, stream
// and draw of the noise, number of the step, rate; loss, then the gradient; moments of Adam; memory for errors and the tape.

// Random words of a block of Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011).
static void philox(uint32_t x[4], uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    const uint64_t a = (uint64_t)0xd2511f53 * x[0], b = (uint64_t)0xcd9e8d57 * x[2];
    const uint32_t x0 = (uint32_t)(b >> 32) ^ x[1] ^ k0, x2 = (uint32_t)(a >> 32) ^ x[3] ^ k1;
    x[0] = x0, x[1] = (uint32_t)b, x[2] = x2, x[3] = (uint32_t)a;
    k0 += 0x9e3779b9, k1 += 0xbb67ae85;
  }
}

static real uniform(uint32_t first, uint32_t second) {
  if (sizeof(real) == sizeof(float)) return (real)(((float)first + 0.5f) * 0x1p-32f);
  return (real)(((double)(first >> 6) * 67108864 + (second >> 6) + 0.5) * 0x1p-52);
}

// Normal numbers for the cells of a cycle: two of each block (Box and Muller 1958).
static void draw_normals(const struct noise_place *place, uint32_t lane, uint32_t cycle, real normals[cells]) {
  for (int n = 0; n < cells; n += 2) {
    uint32_t words[4] = {lane, cycle, place->stream, place->draw + n / 2};
    philox(words, place->low, place->high);
    const real radius = SQRT(-2 * LOG(uniform(words[0], words[1])));
    const real angle = (real)6.283185307179586 * uniform(words[2], words[3]);
    normals[n] = radius * COS(angle);
    if (n + 1 < cells) normals[n + 1] = radius * SIN(angle);
  }
}

struct cycle {
  real v[cells], q[cells], noise[cells];
};

// The inputs of a cell, of which those before cell n are of this cycle: in, v, q, delayed v, delayed q.
static void gather(real u, const struct cycle *now, const struct cycle *before, int n, real x[inputs]) {
  x[0] = u;
  for (int k = 0; k < cells; k++) {
    x[1 + k] = k < n ? now->v[k] : before->v[k];
    x[1 + cells + k] = k < n ? now->q[k] : before->q[k];
    x[1 + 2 * cells + k] = before->v[k];
    x[1 + 3 * cells + k] = before->q[k];
  }
}

static const struct cycle reset;

// The decoder's output at the end: a cascade of three sums, over that of a constant 1.
static real run_forward(const struct net *net, const struct noise_place *place, uint32_t lane, real u, struct cycle *tape) {
  real y1 = 0, y2 = 0, y3 = 0;
  for (int i = 0; i < cycles; i++) {
    const struct cycle *before = i == 0 ? &reset : tape + i - 1;
    struct cycle *now = tape + i;
    draw_normals(place, lane, i, now->noise);
    for (int n = 0; n < cells; n++) {
      real x[inputs];
      gather(u, now, before, n, x);
      real z = net->sigma[n] * now->noise[n];
      for (int j = 0; j < inputs; j++) z += net->w[n][j] * x[j];
      now->v[n] = z > saturation ? saturation : z < -saturation ? -saturation : z;
      now->q[n] = z >= 0 ? full_scale : -full_scale;
    }
    y1 += now->q[cells - 1];
    y2 += y1;
    y3 += y2;
  }
  return y3 / (real)(cycles * (cycles + 1) * (cycles + 2) / 6);
}

static void run_backward(const struct net *net, real u, real by_output, const struct cycle *tape, double *by_gain, double *by_sigma) {
  real gains[cells][inputs] = {{0}}, sigmas[cells] = {0};
  real v[cells] = {0}, q[cells] = {0}; // derivatives by what the cycle leaves
  real y1 = 0, y2 = 0;
  const real y3 = by_output / (real)(cycles * (cycles + 1) * (cycles + 2) / 6);
  for (int i = cycles - 1; i >= 0; i--) {
    const struct cycle *now = tape + i, *before = i == 0 ? &reset : tape + i - 1;
    real vd[cells] = {0}, qd[cells] = {0}; // by what the cycle before left
    y2 += y3;
    y1 += y2;
    q[cells - 1] += y1;
    for (int n = cells - 1; n >= 0; n--) {
      real x[inputs];
      gather(u, now, before, n, x);
      const int is_free = now->v[n] > -saturation && now->v[n] < saturation;
      const real z = is_free ? v[n] + q[n] * (full_scale / width) : 0;
      for (int j = 0; j < inputs; j++) gains[n][j] += z * x[j];
      sigmas[n] += z * now->noise[n];
      for (int k = 0; k < cells; k++) {
        *(k < n ? v + k : vd + k) += z * net->w[n][1 + k];
        *(k < n ? q + k : qd + k) += z * net->w[n][1 + cells + k];
        vd[k] += z * net->w[n][1 + 2 * cells + k];
        qd[k] += z * net->w[n][1 + 3 * cells + k];
      }
    }
    for (int k = 0; k < cells; k++) v[k] = vd[k], q[k] = qd[k];
  }
  for (int n = 0; n < cells; n++) {
    for (int j = 0; j < inputs; j++) by_gain[n * inputs + j] += gains[n][j];
    by_sigma[n] += sigmas[n];
  }
}

int STEP(double *const *arrays, int64_t step, int64_t lanes) {
  const double *inputs_of_lanes = arrays[1], *settings = arrays[2];
  const struct noise_place place = {(uint32_t)settings[0], (uint32_t)settings[1], (uint32_t)settings[2], (uint32_t)settings[3]};
  const struct net net = make_net(arrays[0]);
  double *errors = arrays[5], *gradient = arrays[3] + 1, by_gain[weights] = {0}, by_sigma[cells] = {0};
  struct cycle *tape = (struct cycle *)(errors + lanes);
  for (int64_t l = 0; l < lanes; l++)
    errors[l] = inputs_of_lanes[l] - run_forward(&net, &place, (uint32_t)l, (real)inputs_of_lanes[l], tape + l * cycles);
  arrays[3][0] = log_sum_exp(errors, lanes);
  for (int64_t l = 0; l < lanes; l++)
    run_backward(&net, (real)inputs_of_lanes[l], (real)-errors[l], tape + l * cycles, by_gain, by_sigma);
  finish_gradient(&net, by_gain, by_sigma, gradient);
  adam(arrays[0], gradient, arrays[4], (double)step, settings[4]);
  return 1;
}
