const units = ["KB", "MB", "GB"] as const;

/** A size in words: 96 KB, 18.4 MB, 2 GB (1 KB = 1024 bytes; never "0 KB" for a file that holds something). */
export function bytesWords(bytes: number): string {
  if (bytes === 0) return "0 KB";
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const figure = unit === 0 ? Math.max(1, Math.round(size)) : Math.round(size * 10) / 10;
  return `${figure} ${units[unit]}`;
}
