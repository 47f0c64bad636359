import { FabricError } from '../../../topology/error/fabric-error.ts';

/** PostgreSQL's unique_violation. */
const UNIQUE_VIOLATION = '23505';

/** The constraint that a write broke, or null when the error is another one. */
function brokenConstraint(error: unknown): string | null {
  const failure = error as { code?: unknown; constraint?: unknown };
  return failure?.code === UNIQUE_VIOLATION && typeof failure.constraint === 'string' ? failure.constraint : null;
}

/** Runs a write; a broken unique constraint becomes a `..._exists` error with the sentence given for it. */
export async function refuseDuplicates<T>(
  sentences: Readonly<Record<string, string>>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const constraint = brokenConstraint(error);
    const sentence = constraint === null ? undefined : sentences[constraint];
    if (sentence === undefined) throw error;
    throw new FabricError('resource_exists', sentence, { cause: error, context: { constraint } });
  }
}
