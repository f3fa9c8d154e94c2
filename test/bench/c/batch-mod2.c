// Many lanes of the second-order 1-bit modulator of mod2.c, gains of its own for each: v = sgn(x2); x1 += g1 (u - v);
// x2 += g2 (x1 - v). 64 lanes run together, which compilers turn into vectors; 64 ticks of their bits stay in the cache
// until they are turned, in blocks of 8 by 8, into a column of bits for each lane.
//
// Arrays, as a call of the native backend has them: position (not used), gains g1 and g2, states x1 and x2, value i of lane l
// at i * lanes + l; the samples of u; then a column for each lane, or none where only the last states are wanted.

#include <stdint.h>
#include <string.h>

enum { together = 64, window = 64 };

struct lanes {
  double g1[together], g2[together], x1[together], x2[together];
};

static void run_window(struct lanes *restrict s, const double *restrict u, long ticks, double *restrict bits) {
  for (long k = 0; k < ticks; k++)
    for (int l = 0; l < together; l++) {
      double v = s->x2[l] >= 0 ? 1.0 : -1.0;
      double next = s->x1[l] + s->g1[l] * (u[k] - v);
      s->x2[l] = s->x2[l] + s->g2[l] * (s->x1[l] - v);
      s->x1[l] = next;
      bits[k * together + l] = v;
    }
}

static void run_states(struct lanes *restrict s, const double *restrict u, long ticks) {
  for (long k = 0; k < ticks; k++)
    for (int l = 0; l < together; l++) {
      double v = s->x2[l] >= 0 ? 1.0 : -1.0;
      double next = s->x1[l] + s->g1[l] * (u[k] - v);
      s->x2[l] = s->x2[l] + s->g2[l] * (s->x1[l] - v);
      s->x1[l] = next;
    }
}

static void turn(const double *restrict bits, long ticks, double *const *columns, long at) {
  for (long l = 0; l < together; l += 8) {
    long k = 0;
    for (; k + 8 <= ticks; k += 8) {
      double block[8][8];
      for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++) block[j][i] = bits[(k + i) * together + l + j];
      for (int j = 0; j < 8; j++) memcpy(columns[l + j] + at + k, block[j], sizeof block[j]);
    }
    for (; k < ticks; k++)
      for (int j = 0; j < 8; j++) columns[l + j][at + k] = bits[k * together + l + j];
  }
}

static void run_tile(double *const *arrays, int64_t ticks, int64_t lanes, int64_t at, double *const *columns) {
  static _Thread_local double bits[window * together];
  struct lanes s;
  for (int l = 0; l < together; l++) {
    s.g1[l] = arrays[1][at + l], s.g2[l] = arrays[1][lanes + at + l];
    s.x1[l] = arrays[2][at + l], s.x2[l] = arrays[2][lanes + at + l];
  }
  if (!columns) run_states(&s, arrays[3], ticks);
  else
    for (int64_t k = 0; k < ticks; k += window) {
      long some = ticks - k < window ? ticks - k : window;
      run_window(&s, arrays[3] + k, some, bits);
      turn(bits, some, columns + at, k);
    }
  for (int l = 0; l < together; l++) arrays[2][at + l] = s.x1[l], arrays[2][lanes + at + l] = s.x2[l];
}

// `lanes` is a multiple of 64.
int batch_mod2_run(double *const *arrays, int64_t ticks, int64_t lanes) {
  for (int64_t at = 0; at < lanes; at += together) run_tile(arrays, ticks, lanes, at, arrays + 4);
  return 1;
}

int batch_mod2_states_run(double *const *arrays, int64_t ticks, int64_t lanes) {
  for (int64_t at = 0; at < lanes; at += together) run_tile(arrays, ticks, lanes, at, 0);
  return 1;
}
