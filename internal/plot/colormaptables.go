package plot

// colormapTables are matplotlib's colormaps as control points: four hexadecimal bytes each, the position (00 to ff) and
// red, green, blue there, with straight lines between. The points were chosen so that no entry of the 256-entry
// tables is off by more than two of 255 steps. viridis, plasma, inferno and magma are by N. Smith and S. van der Walt
// (CC0), cividis by Nunez, Anderton and Renslow (2018), coolwarm by K. Moreland (2009), turbo by A. Mikhailov, the maps
// with capital letters by C. Brewer (colorbrewer2.org).
var colormapTables = map[string]string{
	"viridis": "004401541948237431414186592e6b8e8a1e998a9922a784a933b679bf5bc862d897d83eeccde01df4e1e318fefae622" +
		"fffde724",
	"plasma": "000c07860821058f235101a23b7601a84a8c0aa467b12b8f93dc5d66bbf68e44d8fdb82ceafad524fdf0f525ffeff821",
	"inferno": "000000030e08061f20200c4a2c3509603b4f0d6c597e1e6c74a92e5e8ecf4446a8eb6527c2fa9107cbfba208ddf9c52c" +
		"ecf3e259f8f3f689fffcfea4",
	"magma": "000000030e08061d2422115032390f6e4152127c5f8125817eb3357a98dc4869abf1615cbaf97d5dccfd9f6ce7fdd193" +
		"fffbfcbf",
	"cividis": "0000224d14003070170031701f18376f3234446c5f60646e88848178b0aba072d8d5c25ef3f3da42fcfde333fffde737",
	"gray":    "00000000ffffffff",
	"Greys":   "00ffffff2ce7e7e75dbfbfbf9f737373c44b4b4be81a1a1aff000000",
	"Blues":   "00f7fbff42c3d9ee6595c5df8662a8d2ac3484bfc91967ade008509aff08306b",
	"Reds":    "00fff5f025fddaca64fb8c6c84f96345a2ec382ac1c8171ce1a10e14ff67000c",
	"Greens":  "00f7fcf525e0f3da4eb6e1af7484cb838b61ba6ca33da75ae1006a2bff00441b",
	"Oranges": "00fff5eb27fde1c446fdc9976afda35b84fb8736a2ef6611c1d64701e59e3303ff7f2704",
	"Purples": "00fcfbfd2ce7e5f147d3d3e7948a87bea57c75b5ee4a1486ff3f007d",
	"hot":     "000a00005dfe0000bfffff02ffffffff",
	"afmhot":  "000000004182020080ff8000c0ffff81ffffffff",
	"jet":     "0000007f1c0000fe200000ff5700dcfe5a02e8f46015ffe1a3edff08a7faf000a9ffe900e3fe1200e8e80000ff7f0000",
	"turbo": "0030123b0a3b2f7f14424bb51e4666dd294682f8314096fe3934aaf84520c6df4f17dac4571de7b15f2ff09a6b59fb72" +
		"7a92fe4684aef9378fcaed339fecd139aaf9ba38b7fe982cc8f46516d7e04008e8be2102fa8b0901ff7a0402",
	"coolwarm": "003a4cc01b5b79e4327a9df84a9bbbfe61b9d0f879d6dbe484e1dad69af2c9b5b2f7ad8fcbee8669e6d65243f7bf282e" +
		"ffb30326",
	"RdBu":     "0067001f1ab2192b35d865514ef4a88667fcdcc880f6f6f69bcce2eeb687bedacd4191c2e62064aaff053061",
	"RdGy":     "0067001f1ab2192b35d865514ef4a88667fddcc980fefefea1d4d4d4b8afafafd6707070f1353535ff1a1a1a",
	"RdYlBu":   "00a500261bd8332834f46f444ffdb26568fee29380fefec099e0f3f7b5a5d4e6d06ca4cce74371b2ff313695",
	"RdYlGn":   "00a500261bd8332834f46f444ffdb26568fee28f80fefebd9dd1eb85b4a2d769d05ab760e619974fff006837",
	"seismic":  "0000004c400101ff7ffdfdff81fff9f9bfff0000ff7f0000",
	"bwr":      "000000ff80fffefeffff0000",
	"Spectral": "009e01421bd6404e33f46d434ffdb26568fee28f80fefebe9ae3f498b89cd7a4cd63bfa5e63286bcff5e4fa2",
	"PuOr":     "007f3b081db95d0733e082144efdba6768fde1bb80f6f6f69bd5d6e9b7a9a1cbce7c6da9e7512484ff2d004b",
	"PRGn":     "0040004b1a762b83359c74ad51c8add368e8d6e980f6f6f69bd5eecfb4a1d89cce55a95de61a7636ff00441b",
	"PiYG":     "008e01521ac51c7d34de79af4ff2badc67fce0ef80f6f6f69ae4f4cdb5b2dd7fcd7dba3fe74a8f20ff276419",
	"BrBG":     "005430051a8d510a33bf812d4ee0c48167f5e8c480f4f4f49ac4e8e3b47bc9bece30938be700635bff003c30",
	"YlOrRd":   "00ffffcc43fed57162fdaf4a82fc883aa1fa4b29c1e0181ce0bb0026ff800026",
	"YlGnBu":   "00ffffd920ecf7b141c4e7b46672c8bc813fb4c3a01d90bfc72253a3e0243392ff081d58",
	"YlOrBr":   "00ffffe526fef3b342fee08c63febf4a83fc9426a4e76a11c2c74902e88a2f04ff662505",
	"YlGn":     "00ffffe522f5fbb746d0ec9e689fd6888e5eb96ca23ea75ac51c7e40e1006536ff004529",
	"OrRd":     "00fff7ec32fddcb043fdd19b63fcb67f82fa8957a1ed6245c4d1281ae0b10000ff7f0000",
	"BuPu":     "00f7fcfd26d9e7f1629cb9d8828c92c4bf88419de07f0e7aff4d004b",
	"BuGn":     "00f7fcfd23e2f4f742c8eae3698ad1be8460bf9da33daa70c21f8842e1006a2bff00441b",
	"GnBu":     "00f7fcf044c7e9c261a6dcb5896dc4c8a04db2d2e00866aaff084081",
	"PuBu":     "00fff7fb2ae3e0ee48c5cbe36d91b4d58667a3cba42e8bbdc0046fafe2035688ff023858",
	"PuBuGn":   "00fff7fb2ae3dcec48c5cbe3639fbad98361a6cda1338fbdc0018088e2016855ff014636",
	"PuRd":     "00f7f4f923e5ddec49d0aed461c991c682df60ada1e52787c1cb1154e1950040ff67001f",
	"RdPu":     "00fff7f32efcd4d043fbc1be63f999b281f565a0a2d92f94bfae017eeb670072ff49006a",
	"twilight": "00e2d9e20ad2d5db1d9cb9c82b7aa0c2386786be495f60b4585d3ca06258268a6b4c176b77391146803014378a3f123d" +
		"9c6c1b4eac922f50beb15452cabe705bd5c68b6ee4cfae97f1dacbc5f9e0d6daffe2d9e2",
	"hsv":    "00ff000029fdf1002df4ff005507ff005a00ff158100fffb8300f6ffaa000fffae0700ffd6f300ffdbff00ecffff0017",
	"cool":   "0000ffffffff00ff",
	"spring": "00ff00ffffffff00",
	"summer": "00007f66ffffff66",
	"autumn": "00ff0000ffffff00",
	"winter": "000000ffff00ff7f",
	"bone":   "0000000060545473c1aac8c8ffffffff",
	"copper": "00000000d0ffa267ffffc77e",
	"pink":   "001e0000043119190d4d2e2e1f7248483fa067675fc2807f81d0ad94b8e6e3b0c1e9e9b7ebf8f8eaffffffff",
	"binary": "00ffffffff000000",
	"cubehelix": "0000000010140b1d1e1a1a382c17304a3a14494e4a1b6243572f71376653792e747e7a3580a1794a8ec1796f9bd17f99" +
		"a8d48cc0b6cda2e0c2c5b7efd2c1d4f3e0cbe7eff0e3f6f0ffffffff",
	"rainbow": "007f00ff282f78f74000b4eb5428dbdd6850f4cc7c78feb88d9afba49fbeec8eb4e8cb71c0ffb260d9ff733bffff0000",
	"gnuplot": "00000000010f00060523001f0e3b00561c5400a2276300d1316f01ee3b7a03fd458405fc4f8d07ed5a970bcb649f0f9f" +
		"71a916597fb31f0382b62100a4cc4300c4df7300e0eeac00f9fbed00ffffff00",
	"gnuplot2":     "00000000400000ff6c8a01fd92ff4db1eafffd01ebffff04ffffffff",
	"gist_heat":    "0000000081c10200abff5600c0ff8102ffffffff",
	"gist_rainbow": "00ff002808ff010037feff006600ff009500fffc9800f1ffc40001ffca1e00fff3fd00ffffff00bf",
	"nipy_spectral": "000000000c70007f0d770088198700981a820099260200a9330000dd3f0070dd41007add4d0099db5b00aaa56600aa87" +
		"72009a07730099009900ff00a5afff00a6bbfe00b3eeec00c1ffc500ccff9900d8ff0800d9fe0000e7db0000f2cc0000" +
		"f4cc1b1bffcccccc",
	"terrain": "00333399260098fe4001cc667ffdfe9882faf896bf805c54ffffffff",
	"ocean":   "00007f0055000055ab0281abffffffff",
	"Wistia":  "00e4ff7a41ffe71982ffbb00e3fd8d00fffc7f00",
}

// listedColormaps have a few distinct colours, three hexadecimal bytes each, and no shades between.
var listedColormaps = map[string]string{
	"tab10": "1f77b4ff7f0e2ca02cd627289467bd8c564be377c27f7f7fbcbd2217becf",
	"tab20": "1f77b4aec7e8ff7f0effbb782ca02c98df8ad62728ff98969467bdc5b0d58c564bc49c94e377c2f7b6d27f7f7fc7c7c7" +
		"bcbd22dbdb8d17becf9edae5",
	"Set1":    "e41a1c377eb84daf4a984ea3ff7f00ffff33a65628f781bf999999",
	"Set2":    "66c2a5fc8d628da0cbe78ac3a6d854ffd92fe5c494b3b3b3",
	"Set3":    "8dd3c7ffffb3bebadafb807280b1d3fdb462b3de69fccde5d9d9d9bc80bdccebc5ffed6f",
	"Paired":  "a6cee31f78b4b2df8a33a02cfb9a99e31a1cfdbf6fff7f00cab2d66a3d9affff99b15928",
	"Accent":  "7fc97fbeaed4fdc086ffff99386cb0f0027fbf5b17666666",
	"Dark2":   "1b9e77d95f027570b3e7298a66a61ee6ab02a6761d666666",
	"Pastel1": "fbb4aeb3cde3ccebc5decbe4fed9a6ffffcce5d8bdfddaecf2f2f2",
}
