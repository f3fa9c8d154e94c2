// Second-order 1-bit modulator on many lanes, each with an input and two gains of its own, in tiles of 64 lanes that
// stay in the cache, lanes innermost. Each line of standard input is how to run and how many lanes: `none` keeps no
// record, `rows` keeps the bit-stream tick by tick, `columns` lane by lane. The answer is nanoseconds and a hash of the bit-streams, lane by
// lane. Arguments: most lanes (multiples of 64), ticks, a file of the inputs, first gains and second gains, and a file that
// takes the second states.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "transfer.h"

enum { tile = 64, block = 64 };
enum keep { none, rows, columns };

struct lanes {
  long lanes, ticks;
  const double *u, *a, *b;
  double *x2s, *kept;
};

/** One tick of a tile; `out` takes the bits if it is not null. */
static inline void step(const double *restrict u, const double *restrict a, const double *restrict b, double *restrict x1,
                        double *restrict x2, double *restrict out) {
  for (int l = 0; l < tile; l++) {
    double v = x2[l] >= 0 ? 1.0 : -1.0;
    double next = x1[l] + a[l] * (u[l] - v);
    x2[l] = x2[l] + b[l] * (x1[l] - v);
    x1[l] = next;
    if (out) out[l] = v;
  }
}

__attribute__((noinline)) static void run_none(struct lanes s, long first, double *x1, double *x2) {
  for (long k = 0; k < s.ticks; k++) step(s.u + first, s.a + first, s.b + first, x1, x2, NULL);
}

__attribute__((noinline)) static void run_rows(struct lanes s, long first, double *x1, double *x2) {
  double *out = s.kept + first * s.ticks;
  for (long k = 0; k < s.ticks; k++, out += tile) step(s.u + first, s.a + first, s.b + first, x1, x2, out);
}

__attribute__((noinline)) static void run_columns(struct lanes s, long first, double *x1, double *x2) {
  static double buffer[block][tile];
  for (long from = 0; from < s.ticks; from += block) {
    long count = s.ticks - from < block ? s.ticks - from : block;
    for (long k = 0; k < count; k++) step(s.u + first, s.a + first, s.b + first, x1, x2, buffer[k]);
    for (int l = 0; l < tile; l++) {
      double *out = s.kept + (first + l) * s.ticks + from;
      for (long k = 0; k < count; k++) out[k] = buffer[k][l];
    }
  }
}

static void run(struct lanes s, enum keep keep) {
  for (long first = 0; first < s.lanes; first += tile) {
    double x1[tile] = {0}, *x2 = s.x2s + first;
    memset(x2, 0, tile * sizeof(double));
    (keep == none ? run_none : keep == rows ? run_rows : run_columns)(s, first, x1, x2);
  }
}

static uint32_t hash(struct lanes s, enum keep keep) {
  uint32_t h = 0;
  for (long l = 0; l < s.lanes; l++)
    for (long k = 0; k < s.ticks; k++) {
      double v = keep == columns ? s.kept[l * s.ticks + k] : s.kept[(l / tile * s.ticks + k) * tile + l % tile];
      h = h * 31 + (v > 0);
    }
  return h;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  struct lanes s = {.lanes = atol(argv[1]), .ticks = atol(argv[2])};
  double *params = malloc(3 * s.lanes * sizeof(double));
  s.x2s = malloc(s.lanes * sizeof(double));
  s.kept = malloc(s.lanes * s.ticks * sizeof(double));
  if (!params || !s.x2s || !s.kept) fail("malloc");
  memset(s.kept, 0, s.lanes * s.ticks * sizeof(double)); // pages are there before the clock runs
  transfer(0, argv[3], params, 3 * s.lanes);
  s.u = params, s.a = params + s.lanes, s.b = params + 2 * s.lanes;

  char how[16];
  while (scanf("%15s %ld", how, &s.lanes) == 2) {
    enum keep keep = *how == 'r' ? rows : *how == 'c' ? columns : none;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    run(s, keep);
    clock_gettime(CLOCK_MONOTONIC, &end);
    transfer(1, argv[4], s.x2s, s.lanes);
    printf("%lld %u\n", (long long)(end.tv_sec - start.tv_sec) * 1000000000 + (end.tv_nsec - start.tv_nsec), keep ? hash(s, keep) : 0);
    fflush(stdout);
  }
  return 0;
}
