// Second-order 1-bit modulator: v = sgn(x2); x1 += (u - v)/2; x2 += (x1 - v)/2, from the states before the tick.

void run(long ticks, const double *restrict u, double *const *columns) {
  double *restrict bits = columns[0];
  double x1 = 0, x2 = 0;
  for (long k = 0; k < ticks; k++) {
    double v = x2 >= 0 ? 1.0 : -1.0;
    double next = x1 + 0.5 * (u[k] - v);
    x2 = x2 + 0.5 * (x1 - v);
    x1 = next;
    bits[k] = v;
  }
}
