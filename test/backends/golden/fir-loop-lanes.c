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
    double t0 = 0;
    for (int32_t t1 = 0; t1 < 16; t1++) {
      const double t2 = (D0[t1] * self->s0[t1]);
      t0 += t2;
    }
    const double t3 = t0;
    const double t4 = (20000.0 * ((double)n / 1000000.0));
    const double t5 = (1.0 - (4.0 * dl_abs(((t4 - dl_floor(t4)) - 0.5))));
    DL_LANES
    for (int32_t l = 0; l < 64; l++) {
      b0[l] = t3;
    }
    for (int32_t t6 = 0; t6 < 16; t6++) {
      const int t7 = (t6 == 0);
      const int32_t t8 = (int32_t)((uint32_t)t6 - (uint32_t)1);
      const double t9 = self->s0[(t8 < 0 ? 0 : t8 > 15 ? 15 : t8)];
      self->n0[t6] = (t7 ? t5 : t9);
    }
    memcpy(self->s0, self->n0, sizeof self->n0);
  }
  Q[2] = k0 + 1;
  Q[0] = base;
  return isFull;
}
