import type { Request, RequestHandler, Response } from 'express'

/** Runs a middleware inside a handler: resolves when it passes on or has answered, rejects with its error. */
export const step = (middleware: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    res.once('close', resolve)
    const passedOn = (error?: unknown) => (error ? reject(error as Error) : resolve())
    void middleware(req, res, passedOn)
  })
