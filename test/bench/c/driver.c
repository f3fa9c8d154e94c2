// Runs one reference loop on request. Each line of standard input names a file of `ticks` doubles and a
// file for the result; the answer is the loop's time in nanoseconds. The result file holds the columns of
// doubles one after the other. Arguments: ticks, number of columns.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "transfer.h"

/** The loop: `ticks` samples in, a column of doubles out for each record. */
void run(long ticks, const double *restrict input, double *const *columns);

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  long ticks = atol(argv[1]), width = atol(argv[2]);
  double *input = malloc(ticks * sizeof(double));
  double *output = malloc(width * ticks * sizeof(double));
  double **columns = malloc(width * sizeof(double *));
  if (!input || !output || !columns) fail("malloc");
  memset(output, 0, width * ticks * sizeof(double)); // pages are there before the clock runs
  for (long i = 0; i < width; i++) columns[i] = output + i * ticks;

  char from[4096], to[4096];
  while (scanf("%4095s %4095s", from, to) == 2) {
    transfer(0, from, input, ticks);
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    run(ticks, input, columns);
    clock_gettime(CLOCK_MONOTONIC, &end);
    transfer(1, to, output, width * ticks);
    printf("%lld\n", (long long)(end.tv_sec - start.tv_sec) * 1000000000 + (end.tv_nsec - start.tv_nsec));
    fflush(stdout);
  }
  return 0;
}
