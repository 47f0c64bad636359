import { readFileSync } from 'node:fs';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { GlobalOptions } from '../output/print.ts';

export interface Connection {
  /** Without a trailing slash. */
  base: string;
  authorization: string | null;
}

/**
 * Where the controller is and who asks. A password never comes from the arguments: from --password-file, else
 * SWITCHYARD_PASSWORD. Errors: `usage_*`.
 */
export function connectionOf(options: GlobalOptions, env: NodeJS.ProcessEnv = process.env): Connection {
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) {
    throw new FabricError(
      'usage_url_invalid',
      `"${options.url}" is no http or https URL: write --url http://HOST:6385`,
    );
  }
  const url = new URL(options.url);
  if (url.username !== '' || url.password !== '') {
    throw new FabricError(
      'usage_secret_in_arguments',
      'Do not write user name and password into the URL: use --user with --password-file or SWITCHYARD_PASSWORD',
    );
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const password = passwordOf(options, env);
  if (options.user === undefined) return { base, authorization: null };
  if (password === null) {
    throw new FabricError(
      'usage_password_missing',
      `User ${options.user} needs a password: set SWITCHYARD_PASSWORD, or give --password-file FILE`,
    );
  }
  return { base, authorization: `Basic ${Buffer.from(`${options.user}:${password}`).toString('base64')}` };
}

function passwordOf({ passwordFile }: GlobalOptions, env: NodeJS.ProcessEnv): string | null {
  if (passwordFile === undefined) return env.SWITCHYARD_PASSWORD ?? null;
  try {
    return readFileSync(passwordFile, 'utf8').split(/\r?\n/, 1)[0]!;
  } catch (cause) {
    throw new FabricError('usage_password_missing', `The password file cannot be read: ${messageOf(cause)}`, { cause });
  }
}
