static void prepare(struct p0 *const self) {
  (void)self;
}
static int advance(struct p0 *restrict const self, int64_t end) {
  int64_t *const Q = self->position;
  int isFull = 0;
  (void)end;
  int64_t k0 = Q[2] - 1;
  const int64_t full0 = self->full[0];
  int64_t base = Q[0];
  for (; base < end; base += 1) {
    const int64_t n = base;
    (void)n;
    k0++;
    if (k0 >= full0) isFull = 1, end = n + 1;
    double *restrict const b0 = self->r0 + (k0 & 127) * 64;
    double *restrict const b1 = self->r1 + (k0 & 127) * 64;
    const double t0 = (1000.0 * ((double)n / 1000000.0));
    const double t1 = (1.0 - (4.0 * dl_abs(((t0 - dl_floor(t0)) - 0.5))));
    DL_LANES
    for (int32_t l = 0; l < 64; l++) {
      const double t2 = self->s1[l];
      const double t3 = self->p0[l];
      const double t4 = self->s0[l];
      const int t5 = (0.0 <= t2);
      const double t6 = (t5 ? 1.0 : (-1.0));
      const double t7 = (t4 + (0.5 * ((t3 * t1) - t6)));
      const double t8 = (t2 + (0.5 * (t4 - t6)));
      b0[l] = t5;
      b1[l] = t2;
      self->s0[l] = t7;
      self->s1[l] = t8;
    }
  }
  Q[2] = k0 + 1;
  Q[0] = base;
  return isFull;
}
