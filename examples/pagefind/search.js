new PagefindUI({ element: '#search', showImages: false, resetStyles: false });
