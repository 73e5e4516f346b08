/**
 * Text as Kith keeps it: line ends are `\n`, control characters (which PostgreSQL and XML refuse, or which terminals
 * obey) are gone, and every surrogate has its other half. Nothing else changes.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
