import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** A file that pages refer to: its public path carries a hash of its bytes, so that it may be kept for ever. */
export type Asset = { path: string; type: string; body: Buffer }

const here = new URL('./', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8')

function asset(name: string, extension: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)
  return { path: `/assets/${name}.${hash}.${extension}`, type, body: Buffer.from(text) }
}

const sheets = readdirSync(new URL('styles/', here))
  .filter((name) => name.endsWith('.css'))
  .toSorted()

/** All sheets of `styles/` in the order of their names, as one file. */
export const styles = asset(
  'kith',
  'css',
  'text/css; charset=utf-8',
  sheets.map((name) => read(`styles/${name}`)).join('\n'),
)

/** Niceties for browsers that run scripts; every page works without it. */
export const script = asset('enhance', 'js', 'text/javascript; charset=utf-8', read('enhance.js'))

/** The mark for browser tabs. */
export const icon = asset('kith', 'svg', 'image/svg+xml', read('icon.svg'))

const byPath = new Map([styles, script, icon].map((one) => [one.path, one]))

/** Finds the asset served at `path`, as the browser asks for it. */
export const findAsset = (path: string): Asset | undefined => byPath.get(path)
