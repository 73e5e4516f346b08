import type { z } from 'zod'
import { mountRoutes } from '#server/mount'
import { rules } from './find-proofs.ts'
import { shapeOf } from './find-routes.ts'

const { list } = await mountRoutes()
const fieldOf = (path: string): z.ZodType | undefined => {
  const route = list.find((each) => shapeOf(each.method, each.path) === shapeOf('GET', path))
  return (route?.input as { shape?: Record<string, z.ZodType> } | undefined)?.shape?.['limit']
}

/** What the rules say of limits: `PAGE-23 Limit 20 by default, 40 at most: …`. Search refuses some, in its own test (PAGE-19). */
const told = rules.flatMap(({ code, text }) => {
  const [, usual, most, paths = ''] = /^Limit (\d+) by default, (\d+) at most: (.*)\.$/.exec(text) ?? []
  const offered = paths.split(', ').filter((path) => path && !/^\/api\/v\d\/(admin|search)/.test(path))
  return offered.map((path) => ({ code, path, usual: Number(usual), most: Number(most) }))
})

test('PAGE-17 PAGE-22 PAGE-23 PAGE-24 PAGE-25 PAGE-26 PAGE-28 every list takes as many as the API says', () => {
  expect(told.length).toBeGreaterThan(35)
  for (const { code, path, usual, most } of told) {
    const field = fieldOf(path)
    const limits = ['', undefined, '3', -3, most, most + 1, '1e3'].map(
      (asked) => field?.safeParse(asked).data,
    )
    expect({ code, path, limits }).toEqual({ code, path, limits: [0, usual, 3, 3, most, most, 1] })
  }
})
