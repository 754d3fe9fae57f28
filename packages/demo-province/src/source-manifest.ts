/** What one institution's writer wrote: its files, and every row it broke on purpose. */
export interface SourceManifest {
  /** Relative to the institution's folder. */
  readonly files: readonly string[];
  readonly rows: number;
  /** `line` is 1 for the first line of a text file; null where a file has no lines. */
  readonly dirty: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly kind: string;
  }[];
}
