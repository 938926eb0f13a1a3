/**
 * Returns a JSON number as Python's `str()` writes it after parsing. An integer keeps its digits. A
 * float has a point, and an exponent from 1e16 on and below 1e-4.
 */
export function numberText(source: string): string {
  if (/^-?\d+$/.test(source)) return source === '-0' ? '0' : source
  const value = Number(source)
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 16)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const plain = String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}
