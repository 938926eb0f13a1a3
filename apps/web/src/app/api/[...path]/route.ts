import { getEnvironment } from '../../../environment.ts'
import { forward } from '../../../forwarding/forward.ts'

/** The API's paths on the web app's origin. `/.well-known` has the same. */
function forwardToApi(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  return forward(request, pathname + search, getEnvironment().apiUrl)
}

export {
  forwardToApi as DELETE,
  forwardToApi as GET,
  forwardToApi as HEAD,
  forwardToApi as OPTIONS,
  forwardToApi as PATCH,
  forwardToApi as POST,
  forwardToApi as PUT,
}
