const WIDTH = 30

/** Shows on a terminal how far something is: call it with done and all. Elsewhere it shows nothing (stderr only). */
export function progressBar(label: string): (done: number, all: number) => void {
  const began = performance.now()
  let shown = ''
  return (done, all) => {
    if (!process.stderr.isTTY) return
    const part = all === 0 ? 1 : done / all
    const rate = Math.round(done / Math.max((performance.now() - began) / 1000, 0.001))
    const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░')
    const line = `${label} ${bar} ${Math.floor(part * 100)} % ${done}/${all} ${rate}/s`
    process.stderr.write(`\r${line.padEnd(shown.length)}${done === all ? '\n' : ''}`)
    shown = line
  }
}
