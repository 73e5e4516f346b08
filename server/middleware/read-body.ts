import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import express, { type RequestHandler, type Request } from 'express'
import multer, { MulterError } from 'multer'
import { limits } from '#config/limits'
import { findToken } from '#core/auth/find-token'
import { codeOf, Unavailable } from '#platform/errors'
import { Refused } from './answer-errors.ts'
import { LONGEST_BODY, refuseLarge } from './refuse-large.ts'
import { fromForm, fromJson, nest, type Params, reach, readPairs } from '../params.ts'

/** A file that came with a request, in a temporary folder; removed when the answer is sent. */
export type Upload = { path: string; bytes: number; name: string }

const json = express.json({ limit: LONGEST_BODY, type: ['application/json', 'application/*+json'] })
const form = express.text({ limit: LONGEST_BODY, type: () => true })
const parse = multer({
  dest: tmpdir(),
  // Whoever is no member leaves no byte on the disk, wherever they send it.
  fileFilter: (req, _file, done) => void admit(req, done),
  limits: {
    fileSize: limits.media.videoBytes,
    files: 8,
    fields: 500,
    fieldSize: LONGEST_BODY,
    parts: 600,
    // The parser makes a list as long as the greatest number in a name, and walks all of it.
    fieldArrayIndexLimit: reach.index,
    fieldNestingDepth: reach.depth,
  },
}).any()

async function admit(req: Request, done: multer.FileFilterCallback): Promise<void> {
  try {
    done(null, await isMember(req))
  } catch (error) {
    done(error as Error)
  }
}

async function isMember(req: Request): Promise<boolean> {
  const token = tokenOf(req)
  return token !== undefined && Boolean((await findToken(token))?.userId)
}

/** What the parser calls plain errors is a form that is none; what has a code is a disk or a connection of ours. */
function verdictOn(error: unknown): unknown {
  if (error === undefined || error instanceof MulterError) return error
  if (codeOf(error)) return new Unavailable('The upload could not be taken', { cause: error })
  return new Refused(400, 'The request could not be read')
}

const multipart: RequestHandler = (req, res, next) => {
  res.once('close', () => void removeAll(taken(req)))
  void parse(req, res, (error?: unknown) => next(verdictOn(error)))
}

type Taken = { fieldname: string; path: string; size: number; originalname: string }

const taken = (req: Request): Taken[] => (req.files ?? []) as Taken[]
// All of them: of several with one name, only the last is anybody's parameter.
const removeAll = (files: Taken[]) => Promise.allSettled(files.map(({ path }) => rm(path, { force: true })))

/** Reads a body of any encoding that clients use; a missing Content-Type counts as a form (HTTP-02, HTTP-03, TRIP-45). */
export const readBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) return next()
  if (req.is('multipart/form-data')) return multipart(req, res, next)
  const read = req.is('json') || req.is('+json') ? json : form
  return refuseLarge(req, res, () => read(req, res, next))
}

type Parsed = { body: unknown; path: unknown; params: Params }
const parsed = new WeakMap<Request, Parsed>()

/** All parameters of a request: query, then body, then path, each over the one before. Read once for each request. */
export function paramsOf(req: Request): Params {
  const { body, params: path } = req
  const known = parsed.get(req)
  if (known && known.body === body && known.path === path) return known.params
  const at = req.originalUrl.indexOf('?')
  const query = at < 0 ? {} : nest(readPairs(req.originalUrl.slice(at + 1)))
  const params = { ...query, ...bodyOf(req), ...(path as Params) }
  parsed.set(req, { body, path, params })
  return params
}

const hasBody = ({ headers }: Request): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

function bodyOf(req: Request): Params {
  if (!hasBody(req)) return {}
  const body: unknown = req.body
  if (typeof body === 'string') return nest(readPairs(body))
  if (req.is('multipart/form-data')) return fromForm(body)
  return fromJson(body)
}

/** The token of a request: from the header, else from a parameter (ERR-04). */
export function tokenOf(req: Request): string | undefined {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '') ?? []
  if (token) return token
  const { access_token: one, bearer_token: other } = paramsOf(req)
  return [one, other].find((each): each is string => typeof each === 'string' && each !== '')
}

/** The files of a multipart request by the name of their field. */
export const filesOf = (req: Request): Record<string, Upload> =>
  Object.fromEntries(
    taken(req).map(({ fieldname, path, size: bytes, originalname: name }) => [
      fieldname,
      { path, bytes, name },
    ]),
  )
