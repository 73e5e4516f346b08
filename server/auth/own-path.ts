import { instance } from '#config/instance'

/** Gives `text` when it is a path of this site, else undefined: a link never leads out by way of us (threats W8). */
export function ownPath(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\s\\\p{C}]*$/u.test(text)) return undefined
  const url = URL.parse(text, instance.origin)
  return url?.origin === instance.origin ? url.pathname + url.search : undefined
}
