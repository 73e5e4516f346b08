import { command } from '../command.ts'
import { examineAll } from '../examinations.ts'
import { printJson, printTable } from '../print.ts'

export default command('doctor', {
  says: 'Look at everything Kith stands on, and say what to do about what is not well.',
  options: [{ flags: '--json', says: 'print the findings as JSON' }],
  run: async (_ctx, { json }) => {
    const findings = await examineAll()
    if (json) printJson(findings)
    else
      printTable(
        ['area', 'verdict', ''],
        findings.map(({ area, verdict, says }) => [area, verdict, says]),
      )
    const failed = findings.filter(({ verdict }) => verdict === 'failure').map(({ area }) => area)
    if (failed.length > 0) throw new Error(`Not well: ${failed.join(', ')}`)
  },
})
