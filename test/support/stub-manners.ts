import type { ServerResponse } from 'node:http'

/**
 * How a server behaves instead of answering: it never says anything, cuts the connection, speaks no HTTP, says yes and never
 * stops talking, or sends whoever comes somewhere else.
 */
export type Manner = 'silent' | 'cutting' | 'babbling' | 'flooding' | 'redirecting'

const PIECE = Buffer.alloc(65_536, 'flood ')

const manners: Record<Manner, (response: ServerResponse) => void> = {
  silent: () => undefined,
  cutting: ({ socket }) => socket?.resetAndDestroy(),
  babbling: ({ socket }) => socket?.end('220 smtp.example ESMTP ready\r\n'),
  flooding: (response) => {
    const more = () => {
      while (!response.destroyed && response.write(PIECE));
    }
    response.on('drain', more).on('error', () => undefined)
    response.writeHead(202)
    more()
  },
  redirecting: (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
}

/** Does to a request what that manner is. */
export const misbehave = (manner: Manner, response: ServerResponse): void => manners[manner](response)
