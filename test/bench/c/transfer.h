// Files of doubles for the reference programs; a failure ends the program.

#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void transfer(int isWrite, const char *path, double *values, size_t count) {
  FILE *file = fopen(path, isWrite ? "wb" : "rb");
  if (!file) fail(path);
  size_t done = isWrite ? fwrite(values, sizeof(double), count, file) : fread(values, sizeof(double), count, file);
  if (done != count || fclose(file)) fail(path);
}
