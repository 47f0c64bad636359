/** `lag 7` and `lag7` are the same; ports have their number only. */
export function canonicalName(text: string): string | null {
  const name = text.trim().toLowerCase();
  const lag = /^lag ?(\d{1,3})$/.exec(name)?.[1];
  if (lag !== undefined) return Number(lag) >= 1 && Number(lag) <= 256 ? `lag${Number(lag)}` : null;
  return /^\d{1,2}\/\d{1,2}\/\d{1,3}$/.test(name) ? name : null;
}

export function isLag(name: string): boolean {
  return name.startsWith('lag');
}

/** As the configuration heads it. */
export function headingName(name: string): string {
  return name.replace(/^lag/, 'lag ');
}
