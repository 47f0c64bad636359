import type { Answer, Login } from '../cli/grammar.ts';

/** Asks before it saves; a file of that name is written over without a further question. */
export function save(login: Login, question: string): Answer {
  return login.ask(question, (text) => {
    if (!/^y/i.test(text)) return { output: '' };
    return login.save(
      (failure) =>
        `Now saving the current configuration to the slot 0.\n${failure ?? 'Save the configuration successfully.'}\n`,
    );
  });
}
