import { getEnvironment } from '../../../../environment.ts'
import { forward } from '../../../../forwarding/forward.ts'

/** The flyers service's paths on the web app's origin; without such a service they are the API's, which has none. */
function forwardToFlyers(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const { flyersUrl, apiUrl } = getEnvironment()
  return forward(request, pathname + search, flyersUrl ?? apiUrl)
}

export {
  forwardToFlyers as DELETE,
  forwardToFlyers as GET,
  forwardToFlyers as HEAD,
  forwardToFlyers as OPTIONS,
  forwardToFlyers as PATCH,
  forwardToFlyers as POST,
  forwardToFlyers as PUT,
}
