import { installPackages, missingPackages } from '../../support/debian-packages.ts';

/** Brings the Debian packages a benchmark compares with: installs them as root, names the command to anybody else. */
export async function needPackages(names: string[]): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new Error(`This benchmark needs: sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
  }
  console.error(`Installing what this benchmark needs from Debian: ${missing.join(' ')}`);
  await installPackages(missing);
}
