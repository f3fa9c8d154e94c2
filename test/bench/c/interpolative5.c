// Fifth-order interpolative modulator as a state space: y = C x; s = y > 0 ? 1 : -1; x' = A x + B (u - s).
// Zeros and ones of the matrices are left out, as anyone would by hand.

void run(long ticks, const double *restrict u, double *const *columns) {
  double *restrict ys = columns[0], *restrict ss = columns[1];
  double x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0;
  for (long k = 0; k < ticks; k++) {
    double y = 0.0307 * x1 + 0.4153 * x2 + 0.0828 * x3 + 0.2754 * x4 + 0.8063 * x5;
    double s = y > 0 ? 1.0 : -1.0;
    double n1 = 0.9990 * x1 + x2;
    double n2 = -0.0020 * x1 + 0.9990 * x2 + 0.0530 * x3 + 0.1764 * x4 + 0.5164 * x5;
    double n3 = 0.9997 * x3 + x4;
    double n4 = -0.0007 * x3 + 0.9997 * x4 + 0.3567 * x5;
    double n5 = x5 + (u[k] - s);
    ys[k] = y;
    ss[k] = s;
    x1 = n1, x2 = n2, x3 = n3, x4 = n4, x5 = n5;
  }
}
