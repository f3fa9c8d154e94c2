// The step of rcnet-step.c with lanes innermost: every value is 64 lanes, which compilers turn into vectors. Libm's functions
// stay out of vectors, so logarithm, sine and cosine are polynomials here (within 2e-7), in floats alone. This is
// the hard limit: what a processor can do of the step.
//
// Arrays as in rcnet-step.c; lanes are a multiple of 64.

enum { together = 64 };
#define EACH_LANE for (int l = 0; l < together; l++)

typedef float vector[together];

static inline void philox_lane(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    const uint64_t p = (uint64_t)0xd2511f53 * *a, q = (uint64_t)0xcd9e8d57 * *c;
    *a = (uint32_t)(q >> 32) ^ *b ^ k0;
    *b = (uint32_t)q;
    *c = (uint32_t)(p >> 32) ^ *d ^ k1;
    *d = (uint32_t)p;
    k0 += 0x9e3779b9, k1 += 0xbb67ae85;
  }
}

static inline float to_uniform(uint32_t word) {
  // Signed words have an instruction; the sum is exact enough to be the rounding of the word.
  return ((float)(int32_t)(word ^ 0x80000000) + 2147483648.5f) * 0x1p-32f;
}

// x = 2^e m with m from sqrt(1/2) to sqrt(2); log m = 2 atanh(s) with s = (m - 1) / (m + 1).
static inline float log_lane(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int32_t e = (bits - 0x3f3504f3) >> 23;
  bits -= e * (1 << 23);
  float m;
  memcpy(&m, &bits, sizeof m);
  const float s = (m - 1) / (m + 1), s2 = s * s;
  const float tail = s2 * (0.66666667f + s2 * (0.4f + s2 * (0.28571429f + s2 * 0.22222222f)));
  return (float)e * 0.69314718f + s * (2 + tail);
}

// cos and sin of 2 pi u; the quadrant k leaves an angle of at most pi / 4.
static inline void turn_lane(float u, float *cosine, float *sine) {
  const float k = rintf(4 * u), x = (u - 0.25f * k) * 6.2831853f, x2 = x * x;
  const float s = x * (1 + x2 * (-0.16666667f + x2 * (8.3333310e-3f - x2 * 1.9840874e-4f)));
  const float c = 1 + x2 * (-0.5f + x2 * (4.1666667e-2f + x2 * (-1.3888889e-3f + x2 * 2.4801587e-5f)));
  const int32_t quadrant = (int32_t)k;
  const float a = quadrant & 1 ? s : c, b = quadrant & 1 ? c : s;
  *cosine = (quadrant + 1) & 2 ? -a : a;
  *sine = quadrant & 2 ? -b : b;
}

static void draw_normals(const struct noise_place *place, uint32_t lane, uint32_t cycle, uint32_t pair, float *restrict first, float *restrict second) {
  EACH_LANE {
    uint32_t a = lane + l, b = cycle, c = place->stream, d = place->draw + pair;
    philox_lane(&a, &b, &c, &d, place->low, place->high);
    const float radius = sqrtf(-2 * log_lane(to_uniform(a)));
    float cosine, sine;
    turn_lane(to_uniform(c), &cosine, &sine);
    first[l] = radius * cosine;
    second[l] = radius * sine;
  }
}

struct cycle {
  vector v[cells], q[cells], noise[cells + 1];
};

static const struct cycle reset;

static void gather(const vector *u, const struct cycle *now, const struct cycle *before, int n, const vector *x[inputs]) {
  x[0] = u;
  for (int k = 0; k < cells; k++) {
    x[1 + k] = k < n ? now->v + k : before->v + k;
    x[1 + cells + k] = k < n ? now->q + k : before->q + k;
    x[1 + 2 * cells + k] = before->v + k;
    x[1 + 3 * cells + k] = before->q + k;
  }
}

static void run_forward(const struct net *net, const struct noise_place *place, uint32_t lane, const vector *u, struct cycle *tape, float *restrict output) {
  vector y1 = {0}, y2 = {0}, y3 = {0};
  for (int i = 0; i < cycles; i++) {
    const struct cycle *before = i == 0 ? &reset : tape + i - 1;
    struct cycle *restrict now = tape + i;
    draw_normals(place, lane, i, 0, now->noise[0], now->noise[1]);
    draw_normals(place, lane, i, 1, now->noise[2], now->noise[3]);
    for (int n = 0; n < cells; n++) {
      const vector *x[inputs];
      gather(u, now, before, n, x);
      EACH_LANE {
        float z = net->sigma[n] * now->noise[n][l];
        for (int j = 0; j < inputs; j++) z += net->w[n][j] * (*x[j])[l];
        now->v[n][l] = z > saturation ? saturation : z < -saturation ? -saturation : z;
        now->q[n][l] = z >= 0 ? full_scale : -full_scale;
      }
    }
    EACH_LANE {
      y1[l] += now->q[cells - 1][l];
      y2[l] += y1[l];
      y3[l] += y2[l];
    }
  }
  EACH_LANE output[l] = y3[l] / (float)(cycles * (cycles + 1) * (cycles + 2) / 6);
}

static void run_backward(const struct net *net, const vector *u, const float *restrict by_output, const struct cycle *tape, double *by_gain, double *by_sigma) {
  vector gains[cells][inputs] = {{{0}}}, sigmas[cells] = {{0}};
  vector v[cells] = {{0}}, q[cells] = {{0}}, y1 = {0}, y2 = {0}, y3;
  EACH_LANE y3[l] = by_output[l] / (float)(cycles * (cycles + 1) * (cycles + 2) / 6);
  for (int i = cycles - 1; i >= 0; i--) {
    const struct cycle *now = tape + i, *before = i == 0 ? &reset : tape + i - 1;
    vector vd[cells] = {{0}}, qd[cells] = {{0}};
    EACH_LANE {
      y2[l] += y3[l];
      y1[l] += y2[l];
      q[cells - 1][l] += y1[l];
    }
    for (int n = cells - 1; n >= 0; n--) {
      const vector *x[inputs];
      gather(u, now, before, n, x);
      vector z;
      EACH_LANE {
        const float whole = v[n][l] + q[n][l] * (full_scale / width), kept = now->v[n][l];
        z[l] = (kept > -saturation) & (kept < saturation) ? whole : 0;
        sigmas[n][l] += z[l] * now->noise[n][l];
      }
      for (int j = 0; j < inputs; j++) EACH_LANE gains[n][j][l] += z[l] * (*x[j])[l];
      for (int k = 0; k < cells; k++) {
        float *restrict own_v = k < n ? v[k] : vd[k], *restrict own_q = k < n ? q[k] : qd[k];
        EACH_LANE {
          own_v[l] += z[l] * net->w[n][1 + k];
          own_q[l] += z[l] * net->w[n][1 + cells + k];
        }
        EACH_LANE {
          vd[k][l] += z[l] * net->w[n][1 + 2 * cells + k];
          qd[k][l] += z[l] * net->w[n][1 + 3 * cells + k];
        }
      }
    }
    memcpy(v, vd, sizeof v), memcpy(q, qd, sizeof q);
  }
  for (int n = 0; n < cells; n++) EACH_LANE {
    for (int j = 0; j < inputs; j++) by_gain[n * inputs + j] += gains[n][j][l];
    by_sigma[n] += sigmas[n][l];
  }
}

int STEP(double *const *arrays, int64_t step, int64_t lanes) {
  const double *settings = arrays[2];
  const struct noise_place place = {(uint32_t)settings[0], (uint32_t)settings[1], (uint32_t)settings[2], (uint32_t)settings[3]};
  const struct net net = make_net(arrays[0]);
  double *errors = arrays[5], *gradient = arrays[3] + 1, by_gain[weights] = {0}, by_sigma[cells] = {0};
  struct cycle *tape = (struct cycle *)(errors + lanes);
  vector u, some;
  for (int64_t at = 0; at < lanes; at += together) {
    EACH_LANE u[l] = (float)arrays[1][at + l];
    run_forward(&net, &place, (uint32_t)at, &u, tape + at / together * cycles, some);
    EACH_LANE errors[at + l] = arrays[1][at + l] - some[l];
  }
  arrays[3][0] = log_sum_exp(errors, lanes);
  for (int64_t at = 0; at < lanes; at += together) {
    EACH_LANE u[l] = (float)arrays[1][at + l], some[l] = (float)-errors[at + l];
    run_backward(&net, &u, some, tape + at / together * cycles, by_gain, by_sigma);
  }
  finish_gradient(&net, by_gain, by_sigma, gradient);
  adam(arrays[0], gradient, arrays[4], (double)step, settings[4]);
  return 1;
}
