// Starts Swagger UI when it is there. Its markup is made from our own document alone, and it cleans that itself; pages of
// Kith take no markup from scripts unless a policy vouches for it.
window.trustedTypes?.createPolicy('default', { createHTML: (text) => text })

window.addEventListener('load', () => {
  const place = document.querySelector('#api')
  window.SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    persistAuthorization: true,
    validatorUrl: null,
  })
})
