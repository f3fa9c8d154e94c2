// What a CSV file is once it is read: named columns of finite numbers. It says nothing of time or rate.

export interface CsvTable {
  /** The file's name, for messages. */
  readonly file: string;
  /** From the header, or `c1`, `c2`, … without one; all different. */
  readonly names: readonly string[];
  /** One array per name, all of one length of at least 1, every value finite. */
  readonly columns: readonly Float64Array[];
  readonly hasHeader: boolean;
}
