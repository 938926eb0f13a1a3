// oxlint-disable-next-line typescript/no-unsafe-call -- swagger-ui-bundle.js, which the page loads first, makes this global
SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  tryItOutEnabled: true,
  // The badge would send the document's address to another host.
  validatorUrl: null,
})
