import type { ErrorRequestHandler, Response } from 'express'
import { MulterError } from 'multer'
import {
  Conflict,
  Forbidden,
  Gone,
  Invalid,
  KithError,
  NotFound,
  TooMany,
  Unavailable,
} from '#platform/errors'
import { log } from '#platform/log'
import { isOutage } from '#platform/outage'
import { inLanguage, languageOf } from './error-words.ts'
import { isForPeople, sendErrorPage } from '../pages/error-answers.ts'

/** A refusal that belongs to the transport: it names its own status. */
export class Refused extends KithError {
  readonly status: number
  readonly headers: Record<string, string>
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

const statuses = [
  [NotFound, 404],
  [Forbidden, 403],
  [Invalid, 422],
  [Conflict, 409],
  [Gone, 410],
  [TooMany, 429],
  [Unavailable, 503],
] as const

/** The HTTP status of an error: of ours by its kind, 503 when a store is away, of a body parser's by its own word, else 500. */
export function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status
  const found = statuses.find(([kind]) => error instanceof kind)
  if (found) return found[1]
  if (isOutage(error)) return 503
  if (error instanceof MulterError) return error.code === 'LIMIT_FILE_SIZE' ? 422 : 400
  const status = Error.isError(error) && 'status' in error ? Number(error.status) : 500
  return status >= 400 && status < 500 ? status : 500
}

const words: Record<number, string> = {
  400: 'The request could not be read',
  413: 'The request is too large',
  415: 'The encoding of the request is not known',
  503: 'This server cannot do that at the moment; please try again soon',
}

/** What may be told about an error: our own words, never those of a library or a stack. */
export function tellOf(error: unknown, status: number): { error: string; details?: unknown } {
  if (error instanceof Invalid && error.details) return { error: error.message, details: error.details }
  if (error instanceof KithError) return { error: error.message }
  return {
    error:
      words[status] ?? (status >= 500 ? 'Something went wrong on our side' : 'The request could not be read'),
  }
}

/** Says in a header when to come again: after an outage, or when a limit is whole again. */
export function tellWhen(error: unknown, res: Response): void {
  if (error instanceof TooMany)
    res.set('Retry-After', String(Math.max(1, Math.ceil((error.retryAt.getTime() - Date.now()) / 1000))))
  if (statusOf(error) === 503) res.set('Retry-After', '30')
}

/** Sends every error in the API's own shape (ERR-01), or as a page to people, and writes those of ours to the log. */
export const answerErrors: ErrorRequestHandler = (error, req, res, next) => {
  const status = statusOf(error)
  if (status === 503)
    log.warn({ error: String(error), request: res.locals.requestId }, 'a request could not be served')
  else if (status >= 500) log.error({ err: error, request: res.locals.requestId }, 'a request failed')
  if (res.headersSent) return next(error)
  if (error instanceof Refused) res.set(error.headers)
  tellWhen(error, res)
  res.status(status)
  if (isForPeople(req)) sendErrorPage(req, res)
  else {
    const told = tellOf(error, status)
    res.vary('Accept-Language').json({ ...told, error: inLanguage(told.error, languageOf(req, res)) })
  }
}
