/** A mode of a command line: user, privileged, configuration, configuration session ... */
export interface CliMode {
  name: string;
  /**
   * Matches the whole prompt in this mode. Group `host` is the part that is the same in all modes; the engine learns it at
   * login and afterwards takes only that host's prompts for prompts.
   */
  prompt: RegExp;
  /** How this mode is reached from another; a `password` pattern stands for a question that the enable secret answers. */
  enter?: { from: string; line: string; password?: RegExp };
  /** Line that leads back to `enter.from`. */
  leave?: string;
}

/** What is particular to a vendor's command line: data that the engine runs on. */
export interface CliDialect {
  /** The first that matches counts: put the narrower pattern first. */
  modes: readonly CliMode[];
  /** Mode in which show commands are run. */
  home: string;
  /** Lines sent once after login: paging off, wide lines. */
  setup: readonly string[];
  /** The pager's prompt, should paging be on in spite of `setup`, and the key that turns the page. */
  pager?: { prompt: RegExp; key: string };
  /** A line of output that matches one of these means that the device refused the command. */
  failures: readonly RegExp[];
  /** Questions that may follow a command and what to answer, e.g. `[y/n]`. The pattern matches the last line of output. */
  questions?: ReadonlyArray<{ prompt: RegExp; answer: string }>;
}
