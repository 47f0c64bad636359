/** Turns what a terminal sends into lines, and gives the echo. CR, LF and CR LF each end one line. */
export class LineEditor {
  #line = '';
  #afterReturn = false;

  /** Feeds one character; returns what to echo and, when it ended a line, the line. */
  feed(char: string): { echo: string; line?: string } {
    const afterReturn = this.#afterReturn;
    this.#afterReturn = char === '\r';
    if (char === '\r' || char === '\n') {
      if (char === '\n' && afterReturn) return { echo: '' };
      const line = this.#line;
      this.#line = '';
      return { echo: '\r\n', line };
    }
    if (char === '\x7f' || char === '\b') {
      if (this.#line === '') return { echo: '' };
      this.#line = this.#line.slice(0, -1);
      return { echo: '\b \b' };
    }
    if (char === '\x03' || char === '\x15') {
      const erased = this.#line.length;
      this.#line = '';
      return { echo: '\b \b'.repeat(erased) };
    }
    if (char < ' ') return { echo: '' };
    this.#line += char;
    return { echo: char };
  }
}
