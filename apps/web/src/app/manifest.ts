import type { MetadataRoute } from 'next'

/** What a phone shows of the app on its home screen. The mark stays within what Android may cut. */
export default function manifest(): MetadataRoute.Manifest {
  const sizes = [192, 512]
  const purposes = ['any', 'maskable'] as const
  return {
    name: 'Pockitflyer',
    short_name: 'Pockitflyer',
    start_url: '/account',
    display: 'minimal-ui',
    background_color: '#eee4d3',
    theme_color: '#eee4d3',
    icons: sizes.flatMap((size) =>
      purposes.map((purpose) => ({
        src: `/icon-${size}.png`,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })),
    ),
  }
}
