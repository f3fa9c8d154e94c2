// What the operating system's error codes mean, in plain English. No file access here.

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open in the system',
  ELOOP: 'its symbolic links run in a circle',
  EBUSY: 'it is in use',
  EIO: 'the device reported an input/output error',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
  ERR_INVALID_ARG_VALUE: 'the path holds a character that no path may hold',
};

/** The code of an error thrown by a system call, if it is one. */
export function errnoOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Plain words for an error thrown by a system call; the error's own message for codes not listed here. */
export function errnoWords(error: unknown): string {
  const code = errnoOf(error);
  return (code === undefined ? undefined : words[code]) ?? (error instanceof Error ? error.message : String(error));
}
