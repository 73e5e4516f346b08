import { readFileSync } from 'node:fs'
import { Router } from 'express'

const pictures = Object.fromEntries(
  (['avatar', 'header'] as const).map((name) => [
    `${name}s`,
    readFileSync(new URL(`pictures/${name}.png`, import.meta.url)),
  ]),
)

/** The pictures of accounts that have none of their own (ACCT-07), open to web apps of any origin (CORS-08). */
export const defaultPictures = Router().get('/:kind/original/missing.png', (req, res, next) => {
  const picture = Object.hasOwn(pictures, req.params.kind) ? pictures[req.params.kind] : undefined
  if (!picture) return next()
  res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', 'public, max-age=86400')
  res.type('png').send(picture)
})
