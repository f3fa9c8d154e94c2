// What the step of training of rcnet-step.c and its form with lanes innermost have in common: an incremental converter
// of three recurrent cells with 13 weights each, 80 cycles, thermal noise, and Adam. `real` is defined before.

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { cells = 3, inputs = 4 * cells + 1, weights = cells * inputs, cycles = 80 };

static const real saturation = (real)0.4, full_scale = (real)0.4, width = (real)0.4;

// Where draws come from: the generator's key, the stream of the encoder's noise, and what is added to a draw's number.
struct noise_place {
  uint32_t low, high, stream, draw;
};

// What weights make: sigma of each cell's noise, and the derivative of its square by the magnitude of a weight.
struct net {
  real w[cells][inputs];
  real sigma[cells], slope;
};

static inline struct net make_net(const double *w) {
  struct net net;
  net.slope = (real)(1.380649e-23 * 300 * (0.05 / 0.1e-12));
  for (int n = 0; n < cells; n++) {
    real total = 0;
    for (int j = 0; j < inputs; j++) {
      net.w[n][j] = (real)w[n * inputs + j];
      total += net.w[n][j] < 0 ? -net.w[n][j] : net.w[n][j];
    }
    net.sigma[n] = (real)sqrt(net.slope * total);
  }
  return net;
}

// The derivatives by weights from those by weights as gains and by sigmas.
static inline void finish_gradient(const struct net *net, const double by_gain[weights], const double by_sigma[cells], double *gradient) {
  for (int n = 0; n < cells; n++)
    for (int j = 0; j < inputs; j++) {
      double sign = net->w[n][j] > 0 ? 1 : net->w[n][j] < 0 ? -1 : 0;
      gradient[n * inputs + j] = by_gain[n * inputs + j] + by_sigma[n] * sign * net->slope / (2 * net->sigma[n]);
    }
}

// tau log(mean(exp(|e| / tau))) with tau = mean|e| / 2; `errors` become its derivatives by them, tau held constant.
static inline double log_sum_exp(double *errors, int64_t lanes) {
  double mean = 0, most = 0, sum = 0;
  for (int64_t l = 0; l < lanes; l++) {
    mean += fabs(errors[l]) / lanes;
    most = fmax(most, fabs(errors[l]));
  }
  const double tau = 0.5 * mean;
  for (int64_t l = 0; l < lanes; l++) {
    const double share = exp((fabs(errors[l]) - most) / tau);
    sum += share;
    errors[l] = errors[l] < 0 ? -share : share;
  }
  for (int64_t l = 0; l < lanes; l++) errors[l] /= sum;
  return most + tau * log(sum / lanes);
}

// One step of Adam (Kingma and Ba 2015); `moments` holds the first and the second of each weight.
static inline void adam(double *w, const double *gradient, double *moments, double step, double rate) {
  const double beta1 = 0.9, beta2 = 0.999, correct1 = 1 - pow(beta1, step), correct2 = 1 - pow(beta2, step);
  for (int i = 0; i < weights; i++) {
    double *first = moments + i, *second = moments + weights + i;
    *first = beta1 * *first + (1 - beta1) * gradient[i];
    *second = beta2 * *second + (1 - beta2) * gradient[i] * gradient[i];
    w[i] -= rate * (*first / correct1) / (sqrt(*second / correct2) + 1e-8);
  }
}
