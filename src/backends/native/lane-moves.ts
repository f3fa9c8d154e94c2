// C that every file of lanes begins with: how loops over lanes are marked, and moves between the caller's memory and
// the struct that holds some lanes.

export const laneMacros = `#if defined(__clang__)
#define DL_LANES _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define DL_LANES _Pragma("GCC ivdep")
/*
 * The processor's exception flags, which nobody reads here, are no reason not to compute both arms of a choice. Loops over
 * lanes stay innermost: turned around with the loop over events they would run one lane after the other.
 */
#pragma GCC optimize("tree-vectorize", "vect-cost-model=dynamic", "no-trapping-math", "no-loop-interchange", "no-loop-unroll-and-jam")
#else
#define DL_LANES
#endif
#if defined(__GNUC__)
#define DL_ALIGNED __attribute__((aligned(64)))
#define DL_INLINE __attribute__((always_inline))
#else
#define DL_ALIGNED
#define DL_INLINE
#endif`;

/**
 * Values between the caller's memory and the struct. Where fewer lanes are left, the others are the first again.
 *
 * Rows become columns eight lanes at a time: blocks of 8 by 8 are turned into a buffer in the nearest cache, and from there
 * each lane's part goes out in whole lines of the cache, past the cache where the processor can: nothing is read to be
 * overwritten. What is begun of a line waits for the rest.
 */
export const laneMoves = `static inline void take_lanes(double *restrict to, const double *restrict from, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < lanes_together; l++) to[i * lanes_together + l] = from[i * lanes + (l < some ? l : 0)];
}
static inline void give_lanes(const double *restrict from, double *restrict to, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < some; l++) to[i * lanes + l] = from[i * lanes_together + l];
}
static inline void take_same(double *restrict to, const double *restrict from, int64_t count, int64_t lanes, int64_t some) {
  (void)some;
  for (int64_t i = 0; i < count; i++) to[i] = from[i * lanes];
}
static inline void give_same(const double *restrict from, double *restrict to, int64_t count, int64_t lanes, int64_t some) {
  for (int64_t i = 0; i < count; i++) for (int64_t l = 0; l < some; l++) to[i * lanes + l] = from[i];
}
/* Where a row stands among those that are kept. */
static inline int64_t row_of(int64_t row) { return (row & (rows_kept - 1)) * lanes_together; }
static inline void take_row(double *restrict rows, double *const *columns, int64_t row, int64_t some) {
  for (int64_t l = 0; l < some; l++) rows[row_of(row) + l] = columns[l][row];
}
#if defined(__AVX512F__) && defined(__GNUC__) && !defined(__clang__)
typedef double dl_line __attribute__((vector_size(64)));
typedef double dl_part __attribute__((vector_size(64), aligned(8)));
typedef int64_t dl_order __attribute__((vector_size(64)));
#define DL_PICK(a, b, ...) __builtin_shuffle(a, b, (dl_order){__VA_ARGS__})
#define DL_EVEN(a, b) DL_PICK(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define DL_ODD(a, b) DL_PICK(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define DL_EVEN2(a, b) DL_PICK(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
#define DL_ODD2(a, b) DL_PICK(a, b, 2, 3, 6, 7, 10, 11, 14, 15)
static inline void turn_block(double turned[8][rows_kept], int64_t at, const double *block) {
  dl_line r[8];
  for (int i = 0; i < 8; i++) r[i] = *(const dl_line *)(block + i * lanes_together);
  for (int odd = 0; odd < 2; odd++) {
    dl_line pair[4];
    for (int i = 0; i < 4; i++) pair[i] = odd ? DL_ODD(r[2 * i], r[2 * i + 1]) : DL_EVEN(r[2 * i], r[2 * i + 1]);
    for (int half = 0; half < 2; half++) {
      const dl_line a = half ? DL_ODD2(pair[0], pair[1]) : DL_EVEN2(pair[0], pair[1]);
      const dl_line b = half ? DL_ODD2(pair[2], pair[3]) : DL_EVEN2(pair[2], pair[3]);
      *(dl_line *)(turned[2 * half + odd] + at) = DL_EVEN2(a, b);
      *(dl_line *)(turned[4 + 2 * half + odd] + at) = DL_ODD2(a, b);
    }
  }
}
static inline void give_line(double *to, const double *from) { __builtin_ia32_movntpd512(to, *(const dl_part *)from); }
#define DL_FENCE __builtin_ia32_sfence()
#else
static inline void turn_block(double turned[8][rows_kept], int64_t at, const double *block) {
  for (int l = 0; l < 8; l++) for (int i = 0; i < 8; i++) turned[l][at + i] = block[i * lanes_together + l];
}
static inline void give_line(double *to, const double *from) { memcpy(to, from, 8 * sizeof(double)); }
#define DL_FENCE (void)0
#endif
/* Row at which the line of a column begins that a row stands in. */
static inline int64_t line_of(const double *column, int64_t row) {
  return row - (int64_t)(((uintptr_t)column / sizeof(double) + (uintptr_t)row) % 8);
}
/* Rows from .. to - 1 are complete now, and those before were before; all of them are written where it is the end. */
static inline void move(double *const *columns, const double *rows, int64_t first, int64_t from, int64_t to, int isEnd, int64_t some) {
  double turned[8][rows_kept] DL_ALIGNED;
  int64_t begin = (from - 7) & -8;
  if (begin < (first & -8)) begin = first & -8;
  for (int64_t l = 0; l < some; l += 8) {
    for (int64_t row = begin; row < to; row += 8) turn_block(turned, row - begin, rows + row_of(row) + l);
    for (int64_t i = 0; i < 8 && l + i < some; i++) {
      double *const column = columns[l + i];
      const double *const values = turned[i];
      const int64_t stop = isEnd ? to : line_of(column, to);
      int64_t row = line_of(column, from);
      if (row < first) row = first;
      for (; row < stop && row != line_of(column, row); row++) column[row] = values[row - begin];
      for (; row + 8 <= stop; row += 8) give_line(column + row, values + (row - begin));
      for (; row < stop; row++) column[row] = values[row - begin];
    }
  }
  DL_FENCE;
}`;
