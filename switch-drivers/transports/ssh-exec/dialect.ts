/** A Linux host whose commands tell by their exit status whether they were done. */
export interface ExecDialect {
  kind: 'exec';
  /** The only mode there is. */
  home: 'shell';
  /** Commands that need the rights of root; those are run with sudo unless the options say that the user is root. */
  root: RegExp;
  /** Lines of output that mean a refusal although the exit status is 0. */
  failures: readonly RegExp[];
}
