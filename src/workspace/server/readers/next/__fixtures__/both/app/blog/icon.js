const generateImageMetadata = () => [{ id: 'small' }];
export { generateImageMetadata };

export default () => new Response('x');
