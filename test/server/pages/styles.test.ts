import { styles } from '#server/pages/assets'

const css = styles.body.toString()

type Theme = Record<string, string>

function tokens(block: string): Theme {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  )
}

const [, light = '', dark = ''] = css.match(
  /:root \{([^}]*)\}[^@]*@media \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}/,
)!
const themes: Record<string, Theme> = { light: tokens(light), dark: { ...tokens(light), ...tokens(dark) } }

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = ['paper', 'surface', 'sunken']
const pairs = [
  ...['ink', 'muted', 'link', 'danger'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-deep'],
  ['accent-deep', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['danger', 'danger-soft'],
  ['ink', 'danger-soft'],
  ['good', 'good-soft'],
  ['muted', 'good-soft'],
  ['link', 'good-soft'],
  ['ink', 'good-soft'],
] as const

describe.each(['light', 'dark'])('%s colours', (name) => {
  test.each(pairs)('%s on %s can be read (4.5 to 1)', (text, ground) => {
    expect(contrast(themes[name]![text]!, themes[name]![ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(grounds)('borders of fields and focus rings stand out from %s (3 to 1)', (ground) => {
    expect(contrast(themes[name]!.edge!, themes[name]![ground]!)).toBeGreaterThanOrEqual(3)
    expect(contrast(themes[name]!.link!, themes[name]![ground]!)).toBeGreaterThanOrEqual(3)
  })
})

test('every colour that a rule uses is defined', () => {
  const used = [...css.matchAll(/var\(--([a-z-]+)/g)].map(([, name]) => name!)
  expect([...new Set(used)].filter((name) => !css.includes(`--${name}:`))).toEqual([])
})

test('nothing moves for people who asked for less motion', () => {
  const outside = css.replaceAll(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '')
  expect(outside).not.toMatch(/transition|animation/)
})

test('focus is always shown where an outline is taken away', () => {
  expect(css).toContain(':focus-visible {\n  outline: 3px solid')
  expect(css).toMatch(/\.control:focus-within,[^}]*outline: 3px solid/)
})
