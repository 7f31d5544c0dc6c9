export default () => [{ url: 'https://shop.example' }];
