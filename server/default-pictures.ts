import { readFileSync } from 'node:fs'
import { Router } from 'express'

const read = (name: string): Buffer => readFileSync(new URL(`pictures/${name}.png`, import.meta.url))

/** By path: the pictures of accounts that have none of their own (ACCT-07), and those of the instance itself. */
const pictures = new Map([
  ['/avatars/original/missing.png', read('avatar')],
  ['/headers/original/missing.png', read('header')],
  ['/pictures/thumbnail.png', read('thumbnail')],
  ['/pictures/icon.png', read('icon')],
])

/** Pictures that come with Kith, open to web apps of any origin (CORS-08). */
export const defaultPictures = Router().get([...pictures.keys()], (req, res) => {
  res.set('Access-Control-Allow-Origin', '*').set('Cache-Control', 'public, max-age=86400')
  res.type('png').send(pictures.get(req.path))
})
