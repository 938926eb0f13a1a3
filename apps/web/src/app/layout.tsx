import './globals.css'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { RememberZone } from '../time/remember-zone.tsx'

export const metadata: Metadata = {
  title: { default: 'Pockitflyer', template: '%s · Pockitflyer' },
  description: 'Your Pockitflyer account.',
  robots: { index: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eee4d3' },
    { media: '(prefers-color-scheme: dark)', color: '#15121b' },
  ],
}

/**
 * The frame of every page. It renders per request: a page made at build time could not carry the
 * request's nonce.
 */
export default async function RootLayout({ children }: LayoutProps<'/'>): Promise<ReactNode> {
  await connection()
  return (
    <html lang="en">
      <body>
        {children}
        <RememberZone />
      </body>
    </html>
  )
}
