static void prepare(struct p0 *const self) {
  (void)self;
}
static int advance(struct p0 *restrict const self, int64_t end) {
  int64_t *const Q = self->position;
  int isFull = 0;
  (void)end;
  double s0 = self->s0[0];
  double s1 = self->s1[0];
  int32_t s2 = (int32_t)self->s2[0];
  int64_t k0 = Q[2] - 1;
  const int64_t full0 = self->full[0];
  int64_t base = Q[0];
  int64_t e = Q[1];
  static const int64_t AT[] = {1,3};
  static const int64_t E[] = {0,1};
  for (;;) {
    if (e == 0 && base + 3 < end) {
      do {
        {
          const int64_t n = base + 1;
          (void)n;
          k0++;
          if (k0 >= full0) isFull = 1, end = n + 1;
          memset(self->r0 + (k0 & 127) * 64, 0, 64 * sizeof(double));
          memset(self->r1 + (k0 & 127) * 64, 0, 64 * sizeof(double));
          const double t0 = (50000.0 * ((double)n / 1000000.0));
          const double t1 = (1.0 - (4.0 * dl_abs(((t0 - dl_floor(t0)) - 0.5))));
          s0 = t1;
        }
        {
          const int64_t n = base + 3;
          (void)n;
          double *restrict const b0 = self->r0 + (k0 & 127) * 64;
          double *restrict const b1 = self->r1 + (k0 & 127) * 64;
          DL_LANES
          for (int32_t l = 0; l < 64; l++) {
            b0[l] = s1;
            b1[l] = s2;
          }
          const double t2 = s0;
          const int32_t t3 = (int32_t)((uint32_t)s2 + (uint32_t)(int32_t)(0.0 < s0));
          s1 = t2;
          s2 = t3;
        }
        base += 4;
      } while (base + 3 < end);
      continue;
    }
    const int64_t n = base + AT[e];
    if (n >= end) break;
    switch (E[e]) {
      case 0: {
        k0++;
        if (k0 >= full0) isFull = 1, end = n + 1;
        memset(self->r0 + (k0 & 127) * 64, 0, 64 * sizeof(double));
        memset(self->r1 + (k0 & 127) * 64, 0, 64 * sizeof(double));
        const double t0 = (50000.0 * ((double)n / 1000000.0));
        const double t1 = (1.0 - (4.0 * dl_abs(((t0 - dl_floor(t0)) - 0.5))));
        s0 = t1;
        break;
      }
      case 1: {
        double *restrict const b0 = self->r0 + (k0 & 127) * 64;
        double *restrict const b1 = self->r1 + (k0 & 127) * 64;
        DL_LANES
        for (int32_t l = 0; l < 64; l++) {
          b0[l] = s1;
          b1[l] = s2;
        }
        const double t2 = s0;
        const int32_t t3 = (int32_t)((uint32_t)s2 + (uint32_t)(int32_t)(0.0 < s0));
        s1 = t2;
        s2 = t3;
        break;
      }
    }
    if (++e == 2) {
      e = 0;
      base += 4;
    }
  }
  self->s0[0] = s0;
  self->s1[0] = s1;
  self->s2[0] = s2;
  Q[2] = k0 + 1;
  Q[0] = base;
  Q[1] = e;
  return isFull;
}
