import { z } from 'zod'

/** An environment variable that cannot be read; the message names it and says what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** An empty variable is one that is not set, as shells and compose files write it. */
const given = (source: NodeJS.ProcessEnv, name: string): string | undefined =>
  source[name]?.trim() || undefined

/**
 * Parses one section of the configuration.
 *
 * Takes a shape whose keys are variable names, and the environment; gives the frozen, typed values.
 * Throws ConfigError with one sentence that names the variable and what it should look like.
 */
export function read<S extends z.ZodRawShape>(shape: S, source: NodeJS.ProcessEnv = process.env) {
  const found = Object.fromEntries(Object.keys(shape).map((name) => [name, given(source, name)]))
  const result = z.object(shape).safeParse(found)
  if (result.success) return Object.freeze(result.data)
  const issue = result.error.issues[0]
  const name = String(issue?.path[0])
  throw new ConfigError(
    `${name} is ${JSON.stringify(found[name] ?? '')}, but ${issue?.message ?? 'it cannot be read'}.`,
  )
}

/** `true`, `false`, `1`, `0`, `yes`, `no`, `on`, `off`. */
export const flag = z
  .string()
  .refine((text) => /^(true|false|1|0|yes|no|on|off)$/i.test(text), 'it must be true or false')
  .transform((text) => /^(true|1|yes|on)$/i.test(text))

/** A whole number between two bounds. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max,
      `it must be a whole number from ${min} to ${max}`,
    )
    .transform(Number)

/** An absolute URL of one of the given schemes (`https`, `postgres`, …). */
export const address = (...schemes: string[]) =>
  z.string().refine(
    (text) => {
      const url = URL.parse(text)
      return url !== null && schemes.includes(url.protocol.slice(0, -1))
    },
    `it must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  )
