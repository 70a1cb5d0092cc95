/** The block "newsloom latest" in the editor: its settings, and the list as readers see it. */
(({ blocks, element, components, blockEditor, serverSideRender: ServerSideRender }) => {
  const make = element.createElement;
  const { TextControl, PanelBody, Placeholder } = components;
  const WHERE = 'Write the address of a JSON Feed of the section into the settings of the block.';

  blocks.registerBlockType('newsloom/latest', {
    edit: ({ attributes, setAttributes }) => {
      const field = (name, label) => {
        const isNumber = typeof attributes[name] === 'number';
        const onChange = (value) => setAttributes({ [name]: isNumber ? Number(value) || 0 : value });
        const type = isNumber ? 'number' : 'text';
        return make(TextControl, { key: name, label, type, value: attributes[name], onChange });
      };
      const settings = make(PanelBody, { key: 'all', title: 'Section' }, [
        field('src', 'Address of a JSON Feed of the section'),
        field('count', 'Articles'),
        field('per', 'At most of one publication (0: any)'),
        field('more', 'Words of a link to the section'),
      ]);
      return make('div', blockEditor.useBlockProps(), [
        make(blockEditor.InspectorControls, { key: 'settings' }, settings),
        attributes.src === ''
          ? make(Placeholder, { key: 'list', label: 'newsloom latest', instructions: WHERE })
          : make(ServerSideRender, { key: 'list', block: 'newsloom/latest', attributes }),
      ]);
    },
    save: () => null,
  });
})(window.wp);
